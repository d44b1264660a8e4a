/** The text of a value; what JSON cannot say is said in words, so that nothing throws. */
export declare const stableJson: (value: unknown) => string;
