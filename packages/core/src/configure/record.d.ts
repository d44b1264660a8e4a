/** A record of entries; looking up a name that was not put there gives undefined. */
export declare const recordOf: <A>(entries: Iterable<readonly [string, A]>) => Readonly<Record<string, A>>;
/** The value under a name of a record that users wrote, which may have a prototype. */
export declare const lookUp: <A>(record: Readonly<Record<string, A>>, name: string) => A | undefined;
