if (!customElements.get("bygdepuls-indicator")) customElements.define("bygdepuls-indicator", BygdepulsIndicator);
