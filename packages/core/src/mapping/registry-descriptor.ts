// A registry as data: its entities by name. What `configure` takes.

import type { EntityDescriptor } from './entity-descriptor.js'

export interface RegistryDescriptor {
  readonly _tag: 'Registry'
  readonly descriptors: Readonly<Record<string, EntityDescriptor>>
}
