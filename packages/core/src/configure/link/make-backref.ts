// Eleventh pass: the relationship that a backref declares on the target, from the one that declares it.

import * as E from 'fp-ts/lib/Either.js'
import type { BackrefDescriptor } from '../../mapping/relationship-descriptor.js'
import { readSettings } from '../argument/settings.js'
import type { Settings } from '../argument/settings.js'
import { detailOf } from '../declaration.js'
import type { Declaration } from '../declaration.js'
import { mapColumns } from '../join/condition.js'
import type { Condition } from '../join/condition.js'
import type { Shortened } from '../join/shortcuts.js'
import type { MappingError, MappingWarning } from '../mapping-error.js'
import { mappingError } from '../mapping-error.js'

export interface Backref { readonly declaration: Declaration; readonly warnings: readonly MappingWarning[] }

/** What the other side takes over unless the backref's options say otherwise: viewonly, postUpdate, passiveUpdates, syncBackref, joins and foreign keys. */
export const makeBackref = (relationship: Shortened, backref: BackrefDescriptor): E.Either<readonly MappingError[], Backref> => {
  const { settings, key, targetEntity } = relationship
  const name = backref.name
  const own = `${targetEntity.name}.${name}`
  for (const option of ['secondary', 'backPopulates', 'backref'] as const) {
    if (backref.options[option] !== undefined) return E.left([mappingError(
      'argument',
      `The backref ${own} of ${key} has an option '${option}', which it takes from ${key}.`,
      { ...detailOf(relationship), others: [own] },
      `Remove ${option} from the options of the backref.`,
    )])
  }
  const options = { ...inherited(settings), ...backref.options }
  const read = readSettings(`the backref ${own} of ${key}`, { entity: targetEntity.name, attribute: name }, options)
  if (E.isLeft(read)) return read
  const { primaryjoin, secondaryjoin, secondary, givenForeignKeys } = relationship
  const declaration: Declaration = {
    key: own, entity: targetEntity, name, target: relationship.entity.name,
    options: { ...options }, settings: read.right.settings,
    reverseOf: {
      key, name: relationship.name,
      ...secondary === undefined || secondaryjoin === undefined
        ? { primaryjoin: reversed(relationship) }
        : { primaryjoin: withoutSides(secondaryjoin), secondaryjoin: withoutSides(primaryjoin), secondary },
      foreignKeys: givenForeignKeys,
    },
  }
  return E.right({ declaration, warnings: read.right.warnings })
}

const inherited = ({ viewonly, postUpdate, passiveUpdates, optional: { syncBackref } }: Settings): Readonly<Record<string, unknown>> =>
  ({ viewonly, postUpdate, passiveUpdates, ...syncBackref === undefined ? {} : { syncBackref } })

/** Marks that the program gave change sides; those found for this direction are found anew for the other. */
const reversed = ({ primaryjoin, marksGiven }: Shortened): Condition => {
  if (marksGiven.remote) return mapColumns(primaryjoin, (column) => (column.remote || column.local ? { ...column, remote: column.local, local: column.remote } : column))
  return marksGiven.foreign ? withoutSides(primaryjoin) : mapColumns(primaryjoin, (column) => ({ ...column, foreign: false, remote: false, local: false }))
}

const withoutSides = (condition: Condition): Condition => mapColumns(condition, (column) => ({ ...column, remote: false, local: false }))
