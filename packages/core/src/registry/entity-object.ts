// The type by which verbs and comparisons ask for an object, and for nothing that is loaded of it.

import type { EntityName, Models } from './model.js'
import type { Tracked } from './tracked.js'

/** An object of entity `N`, new or not, with whatever of it is loaded. */
export interface EntityObject<M extends Models<M>, N extends EntityName<M>> extends Tracked<M[N]['line'], {}> {}

/** An instance of entity `N`, with whatever of it is loaded. */
export interface AnyInstance<M extends Models<M>, N extends EntityName<M>> extends Tracked<M[N]['line'], {}, M> {}
