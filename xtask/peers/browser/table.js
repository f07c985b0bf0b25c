// What both pages share: the button, the clock, the table.
export function onClick(compute) {
  document.querySelector("button").addEventListener("click", async (event) => {
    const cells = await compute();
    const table = document.querySelector("table");
    for (const cell of cells) {
      const row = table.insertRow();
      for (const value of [cell.year, cell.cohort, cell.estimate, cell.se, cell.n]) row.insertCell().textContent = value;
    }
    // Laid out, not only written.
    table.getBoundingClientRect();
    globalThis.result = { milliseconds: performance.now() - event.timeStamp, cells };
  });
  globalThis.ready = true;
}
