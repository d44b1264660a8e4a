// Tenth pass: may the cascades be what they are, for a relationship of this direction?

import * as E from 'fp-ts/lib/Either.js'
import { detailOf } from '../declaration.js'
import { mappingError } from '../mapping-error.js'
import type { MappingError } from '../mapping-error.js'
import type { Shortened } from '../join/shortcuts.js'

export const checkCascades = (relationship: Shortened): E.Either<readonly MappingError[], Shortened> => {
  const { key, settings, direction, uselist, entity, targetEntity } = relationship
  const { cascade } = settings
  const detail = detailOf(relationship)
  const errors: MappingError[] = []
  if (cascade.deleteOrphan && !settings.singleParent && direction !== 'one-to-many') {
    errors.push(mappingError(
      'delete-orphan-needs-single-parent',
      `${key} is ${direction}: several objects of ${entity.name} may have the same ${targetEntity.name}, and 'delete-orphan' cannot tell when the last one lets it go.`,
      detail,
      `If each ${targetEntity.name} belongs to one ${entity.name} at a time, write singleParent: true; else remove 'delete-orphan', or write it on the one-to-many side.`,
    ))
  }
  if (settings.passiveDeletes === 'all' && (cascade.delete || cascade.deleteOrphan)) {
    errors.push(mappingError(
      'argument',
      `${key}: passiveDeletes: 'all' leaves deletion to the database, and the cascades delete from here.`,
      detail,
      'Write passiveDeletes: true, or remove \'delete\' and \'delete-orphan\' from cascade.',
    ))
  }
  if (uselist && (settings.optional.default !== undefined)) {
    errors.push(mappingError(
      'argument',
      `${key} holds a list, which cannot be null by default.`,
      detail,
      'Remove default; for a list write defaultFactory: () => [].',
    ))
  }
  return errors.length > 0 ? E.left(errors) : E.right(relationship)
}
