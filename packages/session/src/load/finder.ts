// Finds the objects of rows in the session, or makes them with their columns.

import { fail } from '../relata-error.js'
import { identitiesOf, identityKey } from '../state/identity-map.js'
import { Instance } from '../state/instance.js'
import type { IdentityKey } from '../state/model.js'
import type { CompiledKind, CompiledRead } from './compile-read.js'
import { Maker, type Backing } from './maker.js'
import type { Hydration, Row } from './reader.js'
import { decoded } from './slot-values.js'

/** What it says of the last object is in the finder itself: a record a row would cost more than the row. */
export class Finder {
  /** Of the last object. */
  kind: CompiledKind
  /** Was the last object made, and not in the session before? */
  made = false
  /** Rows of one object mostly follow each other. */
  #lastIdentity: IdentityKey | undefined
  #last: Instance | null = null
  readonly #compiled: CompiledRead
  readonly #identities: Map<IdentityKey, Instance>
  readonly #makers: ReadonlyMap<CompiledKind, Maker>
  /** Where rows are of one kind. */
  readonly #only: Maker | undefined
  /** The place of a key of one column that needs no decoding. */
  readonly #place: number | undefined

  constructor(compiled: CompiledRead, kind: CompiledKind, identities: Map<IdentityKey, Instance>, makers: ReadonlyMap<CompiledKind, Maker>, only: Maker | undefined, place: number | undefined) {
    this.kind = kind
    this.#compiled = compiled
    this.#identities = identities
    this.#makers = makers
    this.#only = only
    this.#place = place
  }

  /** The finder of one read. */
  static of(hydration: Hydration, compiled: CompiledRead, made: Set<Backing>, few: boolean): Finder {
    const [first] = compiled.kinds
    if (first === undefined) throw new Error('a read has at least its own kind')
    const makers = new Map(compiled.kinds.map((kind) => [kind, new Maker(hydration, compiled, kind, made, few)]))
    return new Finder(
      compiled, first, identitiesOf(hydration.session.identity, compiled.root), makers, compiled.kindOf === undefined ? makers.get(first) : undefined,
      compiled.keyOffsets.length === 1 && compiled.keyTypes === undefined ? compiled.keyOffsets[0] : undefined,
    )
  }

  /** Of no read, and kept: see state/kept-shape. */
  static readonly sample = new Finder({} as never, {} as never, new Map(), new Map(), undefined, undefined)

  /** The object of a row; null where the row has none. */
  next(row: Row): Instance | null {
    const identity = this.#identityOf(row)
    if (identity === undefined) return null
    if (identity === this.#lastIdentity) {
      this.made = false
      return this.#last
    }
    this.#lastIdentity = identity
    return (this.#last = this.#find(identity, row))
  }

  #find(identity: IdentityKey, row: Row): Instance | null {
    const present = this.#identities.get(identity)
    if (present !== undefined) {
      this.made = false
      if (Instance.backing(present).entity !== this.kind.entity) this.kind = kindOfInstance(this.#compiled, present) ?? kindOf(this.#compiled, row)
      return present
    }
    if (this.#only === undefined) this.kind = kindOf(this.#compiled, row)
    const instance = (this.#only ?? this.#makers.get(this.kind))?.make(row)
    if (instance === undefined) return null
    this.#identities.set(identity, instance)
    this.made = true
    return instance
  }

  #identityOf(row: Row): IdentityKey | undefined {
    if (this.#place !== undefined) {
      const value = row[this.#place]
      return typeof value === 'number' || typeof value === 'string' ? value : identityKey([value])
    }
    const { keyOffsets, keyTypes, root } = this.#compiled
    return identityKey(keyOffsets.map((offset, index) => {
      const type = keyTypes?.[index]
      return type === undefined ? row[offset] : decoded(type, row[offset], `the key of ${root.name}`)
    }))
  }
}

const kindOf = (compiled: CompiledRead, row: Row): CompiledKind => {
  const value = compiled.read.discriminator === undefined ? undefined : row[compiled.read.discriminator]
  const [own] = compiled.kinds
  if (own === undefined) throw new Error('a read has at least its own kind')
  if (value === null || value === undefined) return own
  return compiled.kindOf?.get(value) ?? fail({
    _tag: 'LoadFailed', code: 'other', message: `a row of ${compiled.root.name} says that it is ${JSON.stringify(value)}, which is no identity of ${compiled.kinds.map(({ entity }) => entity.name).join(', ')}`,
    hint: 'map an entity with that identity, or mend the row',
  })
}

const kindOfInstance = (compiled: CompiledRead, instance: Instance): CompiledKind | undefined =>
  compiled.kinds.find((kind) => kind.entity === Instance.backing(instance).entity)
