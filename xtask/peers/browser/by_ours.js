import { estimate } from "/assets/bygdepuls-compute.js";
import { onClick } from "./table.js";

const question = { share: "return_intent=4,5", weights: "weight", by: ["year", "cohort"], missing: [9] };
onClick(async () => {
  const { cells } = await estimate(fetch("/answers.csv"), question);
  return cells.map(({ by, estimate, se, n }) => ({ ...by, estimate, se, n }));
});
