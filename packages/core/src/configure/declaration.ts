// A relationship as declared, or as a backref declares it for the other side: where the passes start.

import type { EntityLayout } from './entity/layout.js'
import type { Condition } from './join/condition.js'
import type { ColumnRef } from './mapping.js'
import type { MappingDetail } from './mapping-error.js'
import type { Settings } from './argument/settings.js'
import { sourcesOf } from './join/selectable.js'
import type { Selectable } from './join/selectable.js'

export interface Declaration {
  /** `'User.addresses'`. */
  readonly key: string
  readonly entity: EntityLayout
  readonly name: string
  /** The target and the arguments that may be functions, as they were given. */
  readonly target: unknown
  readonly options: Readonly<Record<string, unknown>>
  readonly settings: Settings
  /** For a relationship made by a backref: what it takes over from the one that declares it. */
  readonly reverseOf?: ReverseOf
}

export interface ReverseOf {
  readonly key: string
  readonly name: string
  readonly primaryjoin: Condition
  readonly secondaryjoin?: Condition
  readonly secondary?: Selectable
  readonly foreignKeys: readonly ColumnRef[]
}

/** What an error of a relationship is about: its tables as far as they are known. */
export const detailOf = ({ entity, name, targetEntity, secondary }: Pick<Declaration, 'entity' | 'name'> & { readonly targetEntity?: EntityLayout; readonly secondary?: Selectable }): MappingDetail => ({
  entity: entity.name, attribute: name,
  tables: [...new Set([entity.table, ...secondary === undefined ? [] : sourcesOf(secondary).map(({ table }) => table), ...targetEntity === undefined ? [] : [targetEntity.table]])],
})
