// The aliases that a join is planned over: by table, since a row of a joined entity is spread over several tables.

/** Gives the alias under which a statement has a table. */
export type AliasOf = (table: string) => string

export interface JoinAliases {
  readonly parent: AliasOf
  readonly target: AliasOf
  /** By the name that the table bears in the mapping's `secondary`. */
  readonly secondary: AliasOf
  /** Tables of a condition that belong to neither side. */
  readonly other: AliasOf
}

/** Every table under its own name. */
export const ownNames: JoinAliases = { parent: (table) => table, target: (table) => table, secondary: (table) => table, other: (table) => table }
