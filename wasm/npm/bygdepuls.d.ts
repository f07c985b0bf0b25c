/** Registers `<bygdepuls-indicator>`. */
export { BygdepulsIndicator } from "./bygdepuls-indicator.js";
