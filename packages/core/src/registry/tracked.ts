// The type by which an instance is told from a copy of its values.

/**
 * A member of `L`, the line of inheritance of an entity (root first), with the relationships `S` loaded. The members are protected
 * and exist for the compiler only: a spread loses them, so a copy is not an instance. (Of private ones a declaration file keeps no types.)
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- both are what it is for
export declare class Tracked<L, S> {
  protected readonly line: L
  protected readonly loaded: S
}
