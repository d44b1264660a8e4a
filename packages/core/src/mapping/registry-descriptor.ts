// A registry as data: its entities by name. What `configure` takes.

import type { TableDescriptor } from '../schema/table-descriptor.js'
import type { EntityDescriptor } from './entity-descriptor.js'

export interface RegistryDescriptor {
  readonly _tag: 'Registry'
  readonly descriptors: Readonly<Record<string, EntityDescriptor>>
  /** Tables that no entity maps, so that `secondary` can name them. */
  readonly tables?: readonly TableDescriptor[]
}
