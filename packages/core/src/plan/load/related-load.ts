// The statement that loads a relationship: for many parents by a list of their values, for one parent by its own, or for the
// parents of a statement that is repeated as a subquery.

import type { ColumnRef, MappedRelationship } from '../../configure/mapping.js'
import type { Ordering } from '../../expression/node.js'
import type { LoaderOption } from '../../query/descriptor.js'
import type { From, PlanLeaf, PlanNode } from '../select-ast.js'
import type { BaseSelect } from './base-select.js'
import { plainBase, withEager } from './base-select.js'
import { columnList } from './column-list.js'
import { farNames } from './compare-relationship.js'
import { entityCriteria } from './entity-criteria.js'
import type { EntityPath } from './entity-path.js'
import type { Hop, Reading } from './entity-read.js'
import { eagerPart, namesBelow, readEntity } from './entity-read.js'
import type { ParentKeys, RelatedLoad } from './load-plan.js'
import type { Lowering } from './lowering.js'
import { lowerWithin } from './lowering.js'
import { entityNamed } from './mapped-column.js'
import type { Planning } from './planning.js'
import { refuse } from './query-error.js'
import type { Far } from './relationship-join.js'
import { farFrom, lazyCondition, openFar, primaryCondition, relationshipOrdering, secondaryColumn, secondaryCondition } from './relationship-join.js'
import { parentsRepeated } from './repeated-parents.js'
import { allOf, columnOf, columnType, openEntity } from './source.js'

type Form = 'list' | 'binds' | 'repeated'

/** Plans how a relationship is loaded for the parents of a statement. */
export const relatedLoad = (reading: Reading, form: Form, hops: readonly Hop[], hop: Hop, path: EntityPath): RelatedLoad => {
  const load: Load = { lowering: reading.lowering, hop, path, ...(reading.standsIn ? { below: [] } : {}) }
  switch (form) {
    case 'list': return loadByList(load)
    case 'binds': return loadByBinds(load)
    case 'repeated': return loadRepeated(load, reading, hops)
  }
}

interface Load {
  readonly lowering: Lowering
  readonly hop: Hop
  readonly path: EntityPath
  /** Loads planned below the statement that this one stands in for: they are the same, and planning them anew would double at every level. */
  readonly below?: readonly RelatedLoad[]
}

/** One statement for many parents. */
export const loadByList = (load: Load): RelatedLoad => {
  const { lowering: { planning }, hop: { relationship, target } } = load
  if (relationship.omitJoin && relationship.direction === 'many-to-one' && relationship.useGet) {
    const far = openTarget(planning, load.hop)
    const keyColumns = target.primaryKey.map((name) => columnOf(planning, far.target, attributeOf(target, name)))
    return finish(load, far, [far.from], undefined, keyColumns, relationship.useGetColumns, true)
  }
  if (relationship.omitJoin && relationship.direction !== 'many-to-one') {
    const far = openTarget(planning, load.hop)
    const columns = coveredKey(planning, relationship)
    const keyColumns = columns.map(({ remote }) => secondaryColumn(planning, remote, far.secondary) ?? columnOf(planning, far.target, remote))
    if (keyColumns.length > 0) {
      return finish(load, far, [farFrom(far, secondaryCondition(planning, relationship, undefined, far))], undefined, keyColumns, columns.map(({ local }) => local), false)
    }
  }
  return joinedParents(load)
}

/** One statement for one parent: its values are bound, and nothing tells rows of parents apart. */
export const loadByBinds = (load: Load): RelatedLoad => {
  const { lowering: { planning }, hop: { relationship } } = load
  const far = openTarget(planning, load.hop)
  const { condition, secondaryCondition: second, binds } = relationship.lazyClause
  const slots = binds.map(() => planning.slot())
  const bind = (index: number): PlanNode => {
    const column = binds[index]
    return { _tag: 'slot', index: slots[index] ?? 0, ...(column === undefined ? {} : columnType(planning, column)) }
  }
  const where = lazyCondition(planning, condition, far.target, far, 'target', bind)
  const from = farFrom(far, second === undefined ? undefined : lazyCondition(planning, second, far.target, far, 'target', bind))
  return planned(load, far, [from], where, [], { _tag: 'binds', slots, columns: binds }, relationship.useGet ? [] : relationshipOrdering(planning, relationship, far))
}

/** From an alias of the parents' own tables, by their primary keys: right for every condition. */
const joinedParents = (load: Load): RelatedLoad => {
  const { lowering: { planning }, hop: { relationship } } = load
  const parent = entityNamed(planning.mapping, relationship.entity)
  const opened = openEntity(planning, parent, true)
  const far = openTarget(planning, load.hop)
  const on = allOf([primaryCondition(planning, relationship, opened.source, far)]) ?? { _tag: 'constant', value: true }
  const from: From = { _tag: 'join', kind: 'inner', left: opened.from, right: farFrom(far, secondaryCondition(planning, relationship, opened.source, far)), on }
  const attributes = parent.primaryKey.map((name) => attributeOf(parent, name))
  return finish(load, far, [from], undefined, attributes.map((each) => columnOf(planning, opened.source, each)), attributes.map(({ table, column }) => ({ table, column })), false)
}

const loadRepeated = (load: Load, reading: Reading, hops: readonly Hop[]): RelatedLoad => {
  const { lowering: { planning }, hop: { relationship } } = load
  const parents = parentsRepeated(reading, hops, relationship)
  const far = openTarget(planning, load.hop)
  const on = primaryCondition(planning, relationship, parents.source, far)
  const from: From = { _tag: 'join', kind: 'inner', left: parents.from, right: farFrom(far, secondaryCondition(planning, relationship, parents.source, far)), on }
  const group = relationship.localColumns.map((column) => columnOf(planning, parents.source, column))
  const below: RelatedLoad[] = []
  const made = planned(load, far, [from], undefined, group, { _tag: 'repeated', columns: relationship.localColumns }, relationshipOrdering(planning, relationship, far), below)
  return load.below === undefined ? { ...made, fallback: joinedParents({ ...load, below }) } : made
}

/** The statement with its list of key values. */
const finish = (load: Load, far: Far, from: readonly From[], where: PlanNode | undefined, keyColumns: readonly PlanNode[], columns: readonly ColumnRef[], canFallBack: boolean): RelatedLoad => {
  const { planning } = load.lowering
  const slot = planning.slot()
  const list: PlanLeaf = { _tag: 'listSlot', index: slot, types: keyColumns.map((each) => (each._tag === 'column' ? each.type : undefined)) }
  const [first, ...rest] = keyColumns
  if (first === undefined) return refuse('argument', `'${load.hop.relationship.key}' has no key to load it by`, 'give its parent a primary key')
  const inList: PlanNode = { _tag: 'in', negated: false, arg: rest.length === 0 ? first : { _tag: 'tuple', items: keyColumns }, items: [list] }
  const below: RelatedLoad[] = []
  const made = planned(load, far, from, allOf([where, inList]), keyColumns, { _tag: 'list', slot, columns }, relationshipOrdering(planning, load.hop.relationship, far), below)
  return canFallBack && load.below === undefined ? { ...made, fallback: joinedParents({ ...load, below }) } : made
}

const planned = (load: Load, far: Far, from: readonly From[], where: PlanNode | undefined, group: readonly PlanNode[], keys: ParentKeys, orderBy: readonly Ordering<PlanNode>[], found: RelatedLoad[] = []): RelatedLoad => {
  const { lowering, hop: { relationship, strategy }, path } = load
  const { planning } = lowering
  const base: BaseSelect = plainBase(from, from.length - 1, allOf([
    where,
    strategy.where === undefined ? undefined : lowerWithin(lowering, farNames(relationship, far.target, strategy.ref), strategy.where),
    ...entityCriteria(lowering, far.target),
  ]), orderBy)
  const columns = columnList()
  const related: Reading['related'] = (reading, form, hops, hop, path) => {
    const known = form === 'repeated' ? undefined : load.below?.[found.length]
    const made = known ?? relatedLoad(reading, form, hops, hop, path)
    found.push(made)
    return made
  }
  const reading: Reading = {
    lowering: { ...lowering, scope: { sources: new Map(farNames(relationship, far.target, strategy.ref)) } },
    columns, base, root: far.target, joins: [], standsIn: load.below !== undefined, refresh: false, related, eagerOrder: [], multiRow: false,
  }
  const below = strategy.below.map(ofOtherStatement)
  const options: readonly LoaderOption[] = keys._tag === 'binds' ? [...below.filter(travels), ...reverseStaysLazy(planning, relationship)] : below
  const { read, joins } = readEntity(reading, { source: far.target, options, path, hops: [], outer: false, ...namesBelow(load.hop) })
  const offsets = group.map((each) => columns.add(each))
  return {
    entity: relationship.entity, name: relationship.name, keys, group: offsets, ...(mayRepeat(planning.mapping, relationship) ? { repeats: true as const } : {}), conditional: strategy.where !== undefined,
    plan: { _tag: 'LoadPlan', version: 1, fingerprint: planning.mapping.fingerprint, statement: withEager(planning, base, columns.columns, eagerPart(reading, joins)), result: read },
  }
}

/** Does nothing keep a pair of parent and target from standing in the rows twice? */
const mayRepeat = ({ tables }: Planning['mapping'], { secondary, alias, otherTables, localRemotePairs }: MappedRelationship): boolean => {
  if (otherTables.length > 0 || alias?.source._tag === 'join') return true
  if (secondary === undefined) return false
  if (secondary._tag === 'join') return true
  const paired = new Set(localRemotePairs.flatMap(([, { table, column }]) => (table === secondary.alias ? [column] : [])))
  const key = tables[secondary.table]?.primaryKey ?? []
  return key.length === 0 || !key.every((column) => paired.has(column))
}

/** A statement of its own has no columns of the query's joins. */
export const ofOtherStatement = (option: LoaderOption): LoaderOption =>
  option._tag === 'relationship' && option.strategy === 'contains' ? { ...option, strategy: 'default' } : option

/** A wildcard for the whole query is for its own statements, not for those that are sent for one object. */
const travels = (option: LoaderOption): boolean => option._tag !== 'wildcard' || option.entity !== undefined

/** Objects that a collection's load brings point back to the parent by its key: nothing is loaded to find that out. */
const reverseStaysLazy = (planning: Planning, relationship: MappedRelationship): readonly LoaderOption[] =>
  relationship.useGet ? [] : relationship.reverse.flatMap((key): LoaderOption[] => {
    const [entity = '', name = ''] = key.split('.')
    const back = planning.mapping.entities[entity]?.relationship[name]
    if (back === undefined || back.direction !== 'many-to-one' || !back.useGet || back.lazy === 'select') return []
    return [{ _tag: 'relationship', strategy: 'lazy', relationship: { source: entity, entity, name }, below: [] }]
  })

const openTarget = (planning: Planning, { relationship, target, polymorphic }: Hop): Far => openFar(planning, relationship, target, false, polymorphic)

/** The parent's primary key as the far side holds it. */
const coveredKey = (planning: Planning, relationship: MappedRelationship): readonly { readonly local: ColumnRef; readonly remote: ColumnRef }[] => {
  const parent = entityNamed(planning.mapping, relationship.entity)
  return parent.primaryKey.flatMap((name) => {
    const attribute = attributeOf(parent, name)
    const same = [attribute, ...attribute.also]
    const pair = relationship.localRemotePairs.find(([local]) => same.some((each) => each.table === local.table && each.column === local.column))
    return pair === undefined ? [] : [{ local: pair[0], remote: pair[1] }]
  })
}

const attributeOf = (entity: ReturnType<typeof entityNamed>, name: string) =>
  entity.attribute[name] ?? refuse('argument', `'${entity.name}' has no attribute '${name}'`, 'its mapping names it')
