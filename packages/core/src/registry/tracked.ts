// The type by which an instance is told from a copy of its values.

/**
 * A member of `L`, the line of inheritance of an entity (root first), with `S` loaded, of the model `M` where it has been read. The
 * members are protected and exist for the compiler only: a spread loses them, so a copy is not an instance. (Of private ones a
 * declaration file keeps no types.)
 */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- all are what it is for
export declare class Tracked<L, S, M = unknown> {
  protected readonly line: L
  protected readonly loaded: S
  protected readonly model: M
}
