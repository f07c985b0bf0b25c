// A zip's files by name: what the workbench hands out, read by other code than wrote it.
import { inflateRawSync } from "node:zlib";

export function unzip(bytes) {
  const files = new Map();
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  const count = bytes.readUInt16LE(end + 10);
  let at = bytes.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry++) {
    const [method, size] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place));
    const start = bytes.readUInt32LE(at + 42);
    const data = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(data, data + size);
    files.set(bytes.toString("utf8", at + 46, at + 46 + name), method === 8 ? inflateRawSync(packed) : Buffer.from(packed));
    at += 46 + name + extra + comment;
  }
  return files;
}

/** A zip of files by name, as they are. */
export function zip(files) {
  const u16 = (...numbers) => Buffer.from(numbers.flatMap((number) => [number & 255, number >> 8]));
  const u32 = (...numbers) => Buffer.concat(numbers.map((number) => Buffer.from(Uint32Array.of(number).buffer)));
  const [parts, index] = [[], []];
  let at = 0;
  for (const [name, bytes] of Object.entries(files)) {
    const about = [u16(20, 0x800, 0, 0, 0x21), u32(crc(bytes), bytes.length, bytes.length), u16(Buffer.byteLength(name), 0)];
    const file = Buffer.concat([u32(0x04034b50), ...about, Buffer.from(name), bytes]);
    index.push(u32(0x02014b50), u16(20), ...about, u16(0, 0, 0), u32(0, at), Buffer.from(name));
    parts.push(file);
    at += file.length;
  }
  const central = Buffer.concat(index);
  const count = parts.length;
  return Buffer.concat([...parts, central, u32(0x06054b50), u16(0, 0, count, count), u32(central.length, at), u16(0)]);
}

const crc = (bytes) => {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (0xedb88320 & -(sum & 1));
  }
  return ~sum >>> 0;
};
