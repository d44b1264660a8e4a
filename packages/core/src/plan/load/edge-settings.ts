// The settings of a relationship's option: each means something to some strategies, and is refused with the others.

import type { MappedRelationship } from '../../configure/mapping.js'
import type { LoaderOption, LoadStrategy } from '../../query/descriptor.js'
import type { QueryError } from './query-error.js'

type RelationshipOption = Extract<LoaderOption, { readonly _tag: 'relationship' }>

interface Setting {
  readonly name: string
  readonly of: readonly LoadStrategy[]
  readonly instead: string
}

const settings: Readonly<Record<'where' | 'innerjoin' | 'recursionDepth' | 'chunkSize', Setting>> = {
  where: { name: 'only()', of: ['lazy', 'immediate', 'joined', 'subquery', 'selectin', 'default'], instead: 'leave it out; with containsEager, give the condition to the join' },
  innerjoin: { name: 'innerjoin()', of: ['joined'], instead: 'use joinedload, or leave it out' },
  recursionDepth: { name: 'recursionDepth()', of: ['selectin', 'immediate'], instead: 'use selectinload or immediateload, or nest options' },
  chunkSize: { name: 'chunkSize()', of: ['selectin'], instead: 'use selectinload, or leave it out' },
}

/** What is wrong with the settings of an option: some that its strategy cannot use, or a value that means nothing. */
export const settingsError = (option: RelationshipOption, relationship: MappedRelationship): QueryError | undefined => {
  for (const [key, { name, of, instead }] of Object.entries(settings)) {
    if (option[key as keyof typeof settings /* its own keys */] !== undefined && !of.includes(option.strategy)) {
      return error('invalid-request', `${name} means nothing to the strategy '${option.strategy}' of '${relationship.key}'`, instead)
    }
  }
  const { chunkSize, recursionDepth } = option
  if (chunkSize !== undefined && (!Number.isSafeInteger(chunkSize) || chunkSize < 1)) return error('argument', `a chunk size of ${chunkSize} is no positive whole number`, 'leave it out for 500')
  if (recursionDepth === undefined) return undefined
  if (!Number.isSafeInteger(recursionDepth) || recursionDepth < -1) return error('argument', `a recursion depth of ${recursionDepth} is no number of levels`, 'give a whole number, or -1 for every level')
  return relationship.selfReferential ? undefined : error('invalid-request', `'${relationship.key}' is not self-referential, so recursionDepth means nothing`, 'nest options instead')
}

const error = (code: QueryError['code'], message: string, hint: string): QueryError => ({ _tag: 'QueryError', code, message, hint })
