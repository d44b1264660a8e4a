// Aliases: an entity under another name in a query.

import { buildHandle } from './build-handle.js'
import { handleOf } from './handle.js'
import type { AnyHandle, Handle, HandleOf } from './handle.js'
import type { EntityName, Models } from './model.js'

/**
 * An entity under another name in a query, so that it can be there twice.
 *
 * @example
 * const Parent = alias(Category, 'Parent')
 * pipe(select(Category), join(Category.parent, Parent), where(eq(Parent.name, 'garden')))
 */
export function alias<M extends Models<M>, N extends EntityName<M>, const A extends string>(handle: HandleOf<M, N>, name: A): Handle<M, N, A>
export function alias(handle: AnyHandle, name: string): AnyHandle {
  const { registry, entity } = handleOf(handle)
  return buildHandle(registry, entity, name)
}
