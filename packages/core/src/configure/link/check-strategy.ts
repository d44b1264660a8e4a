// Last check of a relationship: can it be loaded in the way that it asks for?

import { detailOf } from '../declaration.js'
import type { Shortened } from '../join/shortcuts.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'

/** Dynamic and write-only attributes are handles of collections. */
export const checkStrategy = (relationship: Shortened): readonly MappingError[] => {
  const { key, settings: { lazy }, uselist, direction } = relationship
  return (uselist && direction !== 'many-to-one') || (lazy !== 'dynamic' && lazy !== 'write_only') ? []
    : [mappingError(
      'invalid-request',
      `${key} ${uselist ? 'follows a foreign key of its own, which leads to one object at most' : 'holds one object'}, and lazy: '${lazy}' is for collections.`,
      detailOf(relationship),
      direction === 'many-to-one' ? `Remove lazy: '${lazy}'.` : `Remove lazy: '${lazy}', or uselist: false if there may be several.`,
    )]
}
