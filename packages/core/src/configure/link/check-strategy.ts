// Last check of a relationship: can it be loaded in the way that it asks for?

import { detailOf } from '../declaration.js'
import type { Shortened } from '../join/shortcuts.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'

/** Dynamic and write-only attributes are handles of collections. */
export const checkStrategy = (relationship: Shortened): readonly MappingError[] => {
  const { key, settings: { lazy }, uselist } = relationship
  return uselist || (lazy !== 'dynamic' && lazy !== 'write_only') ? []
    : [mappingError('invalid-request', `${key} holds one object, and lazy: '${lazy}' is for collections.`, detailOf(relationship), `Remove lazy: '${lazy}', or write uselist: true if there may be several.`)]
}
