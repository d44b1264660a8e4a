/** The nearest of the known names, if one is near. */
export declare const nearest: (name: string, known: readonly string[]) => string | undefined;
/** `Did you mean 'users'?`, or the names that there are. */
export declare const didYouMean: (name: string, known: readonly string[]) => string;
