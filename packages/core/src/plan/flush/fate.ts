// What becomes of each object of a flush: a working record a pass, private to one call of `planFlush`.

import type { MappedAttribute, MappedRelationship } from '../../configure/mapping.js'
import type { FlushLinks, FlushNeed, FlushObject, ObjectId } from './flush-input.js'
import type { FlushWarning, PlannedObjects, PlannedSymbol } from './flush-plan.js'
import { refuse } from './flush-error.js'
import { objectText } from './planned-row.js'
import type { Reason } from './reason.js'
import type { EntityShape, MappingShape } from './mapping-shape.js'

/** A value that a relationship gives to an attribute of rows of one entity: null, or what an attribute of another object holds. */
export interface Copy {
  readonly name: string
  readonly to: EntityShape
  readonly from: Fate | null
  /** Of that other object; undefined where there is none. */
  readonly attribute: MappedAttribute | undefined
  readonly because: Reason
  /** The relationship that writes it, and of which object: undefined where that is the row itself. */
  readonly by: MappedRelationship
  readonly of: Fate | undefined
}

/** When relationships have their turn where entities refer to each other in a circle: how much is written before each row. */
export interface Turns { readonly circular: ReadonlySet<string>; readonly before: ReadonlyMap<Fate, number> }

/** A warning, and the objects whose keys or pairs are not written; undefined where it shows before any row is. */
export interface Outside {
  readonly warning: Omit<FlushWarning, 'after'>
  readonly relationship: MappedRelationship
  readonly owners: Set<Fate> | undefined
}

/** What is copied into an attribute; an object has few copies. */
export const copyInto = (copies: readonly Copy[] | undefined, name: string): Copy | undefined => {
  if (copies === undefined) return undefined
  for (const copy of copies) if (copy.name === name) return copy
  return undefined
}

/** A value, or the symbol of one that is not known yet. */
export interface Resolved { readonly value: unknown; readonly symbol: PlannedSymbol | undefined }

const hasAny = (record: object): boolean => {
  for (const _ in record) return true
  return false
}

/** What befalls few objects stands in the prototype until it does: a flush of many objects has a fate for each. */
const rarely = { expelled: false, postponed: undefined, cascaded: undefined, switched: undefined, raised: undefined }

/** What becomes of one object. */
export class Fate {
  readonly object: FlushObject
  readonly shape: EntityShape
  /** Not part of the flush, part of it in memory only, or written. */
  part: 'none' | 'memory' | 'written' = 'none'
  doomed = false
  /** A parent took it: nothing dooms it any more. */
  spared = false
  orphan = false
  /** Is anything said of its relationships? */
  readonly linked: boolean
  /** What relationships write into its columns. */
  written: readonly Copy[] | undefined = undefined
  /** The symbol of its key, once another row asked for it. */
  keySymbol: Resolved | undefined = undefined
  /** What others took from it last: rows of one entity take the same along one relationship, and it is said once for all of them. */
  lent: readonly Copy[] | undefined = undefined

  declare expelled: boolean
  /** What relationships with postUpdate write: by an UPDATE of its own. */
  declare postponed: readonly Copy[] | undefined
  /** Key attributes that the database has already changed by ON UPDATE CASCADE. */
  declare cascaded: Set<string> | undefined
  /** The deleted object whose row it takes over. */
  declare switched: Fate | undefined
  /** The version that an UPDATE before its deletion gives it. */
  declare raised: Resolved | undefined

  constructor(object: FlushObject, shape: EntityShape) {
    this.object = object
    this.shape = shape
    this.linked = hasAny(object.relationships)
  }

  static {
    Object.assign(this.prototype, rarely)
  }

  /** Of no object: an engine forgets what it knows of fates with the last of them, and each flush would begin from nothing. */
  static readonly samples = [{}, ...Object.entries(rarely).map(([field, value]) => ({ [field]: value }))]
    .map((fields) => Object.assign(new Fate({ relationships: {} } as never, {} as never), fields))
}

/** Everything that the passes share. */
export interface Flushing {
  readonly shape: MappingShape
  /** By number of the object. */
  readonly fates: readonly (Fate | undefined)[]
  /** New ones in order of adding, then the others by entity and key. */
  readonly ordered: readonly Fate[]
  /** What each object is, by its number. */
  readonly objects: PlannedObjects
  readonly needs: FlushNeed[]
  /** What is not in the session, by message. */
  readonly outside: Map<string, Outside>
  /** Counted once two relationships contend for a column. */
  turns: Turns | undefined
}

/** How messages name an object. */
export const textOf = ({ object }: Fate): string => objectText(object.id, object.entity, object.key)

export const noLinks: FlushLinks = { loaded: false, added: [], removed: [], kept: undefined, oldUnknown: false }

export const linksOf = (fate: Fate, relationship: MappedRelationship): FlushLinks => fate.object.relationships[relationship.name] ?? noLinks

export const fateOf = (flushing: Flushing, id: ObjectId): Fate => {
  const fate = flushing.fates[id]
  if (fate === undefined) throw new Error(`a flush input refers to object ${id} and does not have it`)
  return fate
}

/** Is it known that no parent holds the object along a relationship? A persistent object that nobody says anything of may have one. */
export const isLetGo = (fate: Fate, relationship: MappedRelationship): boolean => fate.object.parents[relationship.key] !== 'held'

export const isInSession = (fate: Fate): boolean => {
  const { state } = fate.object
  return (state === 'new' && !fate.expelled) || state === 'kept' || state === 'deleted'
}

/** The object behind a member, once it is known to be one that this relationship can hold. */
export const memberFate = (flushing: Flushing, relationship: MappedRelationship, id: ObjectId | null): Fate | undefined => {
  if (id === null) {
    if (!relationship.uselist) return undefined
    return refuse({ code: 'flush', message: `there is a null in ${relationship.key}`, hint: 'take it out of the collection', objects: [], relationship: relationship.key })
  }
  const fate = fateOf(flushing, id)
  const { line } = fate.shape.entity.inheritance
  if (!line.includes(relationship.target)) {
    refuse({
      code: 'wrong-type', message: `${relationship.key} holds objects of ${relationship.target}, and got one of ${fate.object.entity} (${textOf(fate)})`,
      hint: `give it an object of ${relationship.target}`, objects: [id], relationship: relationship.key,
    })
  }
  // Without a discriminator it would come back as an object of the target.
  if (relationship.enableTypechecks && fate.object.entity !== relationship.target && flushing.shape.entities[relationship.target]?.entity.inheritance.polymorphicOn === undefined) {
    refuse({
      code: 'wrong-type', message: `${relationship.key} holds objects of ${relationship.target}, and got one of ${fate.object.entity} (${textOf(fate)}), which no query of ${relationship.target} would give back as one`,
      hint: `give ${relationship.target} a discriminator (polymorphicOn), or say enableTypechecks: false on ${relationship.key}`, objects: [id], relationship: relationship.key,
    })
  }
  return fate
}
