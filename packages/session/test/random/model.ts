// What the database should hold, as plain records: the state of a transaction that changes make, and copies of it to go back to.

export type Kind = 'team' | 'person' | 'club'

export interface PersonRecord { readonly name: string; readonly team: number | null; readonly boss: number | null; readonly clubs: ReadonlySet<number> }

/** By key. Keys are of all kinds together: each is given once. */
export interface State {
  readonly teams: Map<number, string>
  readonly clubs: Map<number, string>
  readonly people: Map<number, PersonRecord>
}

export const emptyState = (): State => ({ teams: new Map(), clubs: new Map(), people: new Map() })
export const copyOf = ({ teams, clubs, people }: State): State => ({ teams: new Map(teams), clubs: new Map(clubs), people: new Map(people) })

export const change = ({ people }: State, id: number, changes: Partial<PersonRecord>): void => {
  const person = people.get(id)
  if (person !== undefined) people.set(id, { ...person, ...changes })
}

/** A row that goes: whoever referred to it refers to nobody. */
export const drop = (state: State, kind: Kind, id: number): void => {
  if (kind === 'team') state.teams.delete(id)
  else if (kind === 'club') state.clubs.delete(id)
  else state.people.delete(id)
  for (const [other, { team, boss, clubs }] of state.people) {
    if (kind === 'team' && team === id) change(state, other, { team: null })
    if (kind === 'person' && boss === id) change(state, other, { boss: null })
    if (kind === 'club' && clubs.has(id)) change(state, other, { clubs: without(clubs, id) })
  }
}

export const without = (set: ReadonlySet<number>, id: number): ReadonlySet<number> => new Set([...set].filter((each) => each !== id))
export const withOne = (set: ReadonlySet<number>, id: number): ReadonlySet<number> => new Set([...set, id])

/** Would a person be above itself? */
export const isAbove = ({ people }: State, id: number, boss: number): boolean => {
  for (let at: number | null = boss; at !== null; at = people.get(at)?.boss ?? null) if (at === id) return true
  return false
}

export const membersOf = ({ people }: State, team: number): readonly number[] => idsWhere(people, (person) => person.team === team)
export const reportsOf = ({ people }: State, boss: number): readonly number[] => idsWhere(people, (person) => person.boss === boss)
export const peopleOf = ({ people }: State, club: number): readonly number[] => idsWhere(people, (person) => person.clubs.has(club))

const idsWhere = (people: State['people'], holds: (person: PersonRecord) => boolean): readonly number[] =>
  Array.from(people).filter(([, person]) => holds(person)).map(([id]) => id).toSorted((a, b) => a - b)

/** The rows of every table, in order of their keys. */
export const rowsOf = ({ teams, clubs, people }: State): Readonly<Record<string, readonly (readonly unknown[])[]>> => ({
  teams: sorted(Array.from(teams, ([id, name]) => [id, name])),
  clubs: sorted(Array.from(clubs, ([id, name]) => [id, name])),
  people: sorted(Array.from(people, ([id, { name, team, boss }]) => [id, name, team, boss])),
  memberships: sorted(Array.from(people).flatMap(([id, { clubs: of }]) => Array.from(of, (each) => [id, each]))),
})

const sorted = (rows: readonly (readonly unknown[])[]): readonly (readonly unknown[])[] =>
  rows.toSorted((a, b) => Number(a[0]) - Number(b[0]) || Number(a[1]) - Number(b[1]))
