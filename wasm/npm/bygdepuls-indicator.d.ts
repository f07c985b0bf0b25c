/** The class of `<bygdepuls-indicator>`, not registered. */
export declare class BygdepulsIndicator extends HTMLElement {
  /** Address of a published cube (JSON-stat 2.0). */
  src: string;
  /** Level of the figure's heading, 1 to 6. Attribute `heading-level`, 3 if absent. */
  headingLevel: number;
}

declare global {
  interface HTMLElementTagNameMap {
    "bygdepuls-indicator": BygdepulsIndicator;
  }
  interface HTMLElementEventMap {
    /** The figure is drawn. */
    "bygdepuls-ready": CustomEvent<undefined>;
    /** The figure could not be drawn; what stands inside the element stays. `detail` says why. */
    "bygdepuls-error": CustomEvent<Error>;
  }
}
