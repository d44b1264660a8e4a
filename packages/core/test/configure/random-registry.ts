// Registries at random: right ones, wrong ones, and what no builder would make.

import * as fc from 'fast-check'
import type { RegistryDescriptor } from '@relata/core'

const tableNames = ['t0', 't1', 't2', 't3']
const columnNames = ['id', 'a', 'b', 'c']
const entityNames = ['E0', 'E1', 'E2', 'E3', 'E4']

const tableName = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...tableNames) }, { weight: 1, arbitrary: fc.constantFrom('nowhere', '__proto__', '') })
const columnName = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...columnNames) }, { weight: 1, arbitrary: fc.constantFrom('zz', 'constructor') })
const entityName = fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...entityNames) }, { weight: 1, arbitrary: fc.constantFrom('Nobody', 'toString') })
const columnText = fc.tuple(tableName, columnName).map(([table, column]) => `${table}.${column}`)
const garbage = fc.oneof(fc.anything(), fc.constant(() => { throw new Error('thrown') }), fc.constant(() => undefined))

const column = fc.record({ table: tableName, column: columnName }).map((ref) => ({ _tag: 'tableColumn', ...ref }))
const field = fc.record({ source: fc.constantFrom('q0', 'q1', 'x', 't0'), name: columnName }).map((ref) => ({ _tag: 'field', ...ref }))
const attribute = fc.record({ entity: entityName, name: columnName }).map((ref) => ({ _tag: 'attribute', source: ref.entity, ...ref }))
const { expression } = fc.letrec<{ expression: unknown; operand: unknown }>((tie) => ({
  operand: fc.oneof(
    { weight: 8, arbitrary: column }, { weight: 1, arbitrary: field }, { weight: 1, arbitrary: attribute }, { weight: 1, arbitrary: fc.record({ _tag: fc.constant('literal'), value: fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null), fc.anything()) }) },
    { weight: 2, arbitrary: fc.record({ _tag: fc.constant('marked'), mark: fc.constantFrom('foreign', 'remote'), arg: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('function'), name: fc.constant('f'), args: fc.array(tie('operand'), { maxLength: 2 }) }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('cast'), arg: tie('operand'), type: fc.constant({ kind: 'text' }) }) },
  ),
  expression: fc.oneof(
    { maxDepth: 4 },
    { weight: 6, arbitrary: fc.record({ _tag: fc.constant('binary'), operator: fc.constantFrom('eq', 'eq', 'eq', 'ne', 'lt', 'like'), left: tie('operand'), right: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('custom'), symbol: fc.constant('@>'), comparison: fc.boolean(), left: tie('operand'), right: tie('operand') }) },
    { weight: 2, arbitrary: fc.record({ _tag: fc.constant('logical'), operator: fc.constantFrom('and', 'or'), args: fc.array(tie('expression'), { maxLength: 3 }) }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('not'), arg: tie('expression') }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('nullTest'), negated: fc.boolean(), arg: tie('operand') }) },
    { weight: 1, arbitrary: fc.record({ _tag: fc.constant('in'), negated: fc.boolean(), arg: tie('operand'), items: fc.array(tie('operand'), { maxLength: 2 }) }) },
  ),
}))

/** The argument itself, now and then as a function, now and then something else. */
const deferred = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 10, arbitrary }, { weight: 2, arbitrary: arbitrary.map((value) => () => value) }, { weight: 1, arbitrary: garbage })

const columns = fc.oneof(columnText, column, fc.array(fc.oneof(columnText, column), { maxLength: 3 }))

const { table } = fc.letrec<{ table: unknown }>(() => ({
  table: tableName.chain((name) => fc.record({
    _tag: fc.constant('Table'), name: fc.constant(name),
    columns: fc.constant(Object.fromEntries(columnNames.map((each) => [each, { _tag: 'Column', type: { _tag: 'ColumnType', database: { kind: 'integer' }, plain: true }, options: {} }]))),
    primaryKey: fc.oneof({ weight: 10, arbitrary: fc.constant(['id']) }, { weight: 2, arbitrary: fc.constant(['id', 'a']) }, { weight: 1, arbitrary: fc.constant([]) }),
    foreignKeys: fc.array(fc.record({ columns: fc.constantFrom(['a'], ['b'], ['c'], ['a', 'b'], ['id']), table: tableName, references: fc.constantFrom(['id'], ['id'], ['id', 'a'], ['zz']) }).map((key) => (key.columns.length === key.references.length ? key : { ...key, references: key.columns.map((_, index) => columnNames[index]) })), { maxLength: 3 }),
    uniques: fc.constant([]), checks: fc.constant([]), indexes: fc.constant([]),
  })),
}))

/** Tables of one name are one table. */
const tables = fc.tuple(...tableNames.map((name) => table.map((each) => ({ ...each as object, name }))))

const secondary = (known: readonly unknown[]): fc.Arbitrary<unknown> => fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 2, arbitrary: tableName }, { weight: 1, arbitrary: fc.record({ _tag: fc.constant('TableAlias'), table: fc.constantFrom(...known), alias: fc.constantFrom('x', 't0') }) },
  { weight: 1, arbitrary: fc.record({ _tag: fc.constant('TableJoin'), left: fc.constantFrom(...known), right: fc.constantFrom(...known), on: expression, outer: fc.boolean() }) },
)

/** A query over the columns of tables, or something else in its place. */
const query = fc.oneof({ weight: 8, arbitrary: fc.record({
  _tag: fc.constant('select'),
  result: fc.dictionary(columnName, fc.oneof({ weight: 8, arbitrary: column }, { weight: 1, arbitrary: expression }), { maxKeys: 4 }).map((fields) => ({ _tag: 'fields', fields })),
  from: fc.oneof({ weight: 8, arbitrary: fc.array(tableName, { minLength: 1, maxLength: 2 }).map((names) => names.map((table) => ({ _tag: 'table', table, source: table }))) }, { weight: 1, arbitrary: fc.array(garbage) }),
  where: fc.array(expression, { maxLength: 1 }),
  joins: fc.constant([]), groupBy: fc.constant([]), having: fc.constant([]), orderBy: fc.constant([]), distinct: fc.boolean(), correlate: fc.constant([]), ctes: fc.constant([]), setOperations: fc.constant([]), options: fc.constant([]), populateExisting: fc.constant(false),
}) }, { weight: 1, arbitrary: garbage })

/** An alias of an entity over what rows may be read from. */
const aliasOf = (known: readonly unknown[]): fc.Arbitrary<unknown> => fc.record({
  _tag: fc.constant('EntityAlias'), entity: entityName, alias: fc.constantFrom('q0', 'q1', 'x', 'E0', ''),
  source: fc.oneof(
    { weight: 3, arbitrary: secondary(known) },
    { weight: 5, arbitrary: fc.tuple(fc.constantFrom(...known), fc.constantFrom('q0', 'q1', 't0'), query).map(([table, name, given]) => ({ ...table as object, name, primaryKey: [], foreignKeys: [], query: given })) },
    { weight: 1, arbitrary: garbage },
  ),
})

const optionsOf = (known: readonly unknown[]): fc.Arbitrary<unknown> => fc.record({
  secondary: deferred(secondary(known)), primaryjoin: deferred(expression), secondaryjoin: deferred(expression),
  foreignKeys: deferred(columns), remoteSide: deferred(columns), orderBy: deferred(fc.oneof(columns, fc.constant(false))),
  backPopulates: deferred(fc.constantFrom('r0', 'r1', 'r2', 'a')), backref: fc.oneof(fc.constantFrom('r3', 'r4', 'a'), fc.record({ _tag: fc.constant('Backref'), name: fc.constantFrom('r3', 'r5'), options: fc.record({ remoteSide: columns, viewonly: fc.boolean(), cascade: fc.constant('all') }, { requiredKeys: [] }) })),
  uselist: fc.boolean(), viewonly: fc.boolean(), cascade: fc.constantFrom('all', 'all, delete-orphan', 'none', 'fish', false), singleParent: fc.boolean(), syncBackref: fc.boolean(),
  lazy: fc.constantFrom('select', 'joined', 'dynamic', true, null, 'never'), overlaps: fc.constantFrom('r0', 'r1,r2', ''), collectionClass: fc.constantFrom('list', 'set', { keyedBy: 'a' }, { keyedBy: 'zz' }), passiveDeletes: fc.constantFrom(true, false, 'all'),
}, { requiredKeys: [] }).chain((options) => fc.subarray(Object.keys(options), { maxLength: Math.min(4, Object.keys(options).length) }).map((names) => Object.fromEntries(Object.entries(options).filter(([name]) => names.includes(name)))))

export const randomRegistry: fc.Arbitrary<RegistryDescriptor> = tables.chain((known) => fc.record(
  Object.fromEntries(entityNames.map((name) => [name, fc.record({
    table: fc.oneof({ weight: 12, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: fc.oneof(table, fc.anything()) }),
    relationships: fc.dictionary(fc.constantFrom('r0', 'r1', 'r2', 'a'), fc.oneof({ weight: 15, arbitrary: fc.record({ _tag: fc.constant('Relationship'), target: fc.oneof({ weight: 8, arbitrary: deferred(entityName) }, { weight: 2, arbitrary: aliasOf(known) }), options: optionsOf(known) }) }, { weight: 1, arbitrary: garbage }), { maxKeys: 3 }),
    options: fc.oneof({ weight: 6, arbitrary: fc.constant({}) }, { weight: 2, arbitrary: fc.record({ inherits: entityName, identity: fc.string(), concrete: fc.boolean() }, { requiredKeys: ['inherits'] }) }, { weight: 1, arbitrary: fc.record({ exclude: fc.array(columnName), version: columnName, polymorphicOn: columnName, attributes: fc.dictionary(fc.string(), columnName) }, { requiredKeys: [] }) }, { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('inherits', 'exclude', 'version', 'polymorphicOn', 'attributes', 'deferred', 'withPolymorphic', 'inheritCondition', 'include'), garbage) }),
  })])),
  // `configure` is to answer whatever it is given.
).map((descriptors) => ({ _tag: 'Registry', descriptors }) as unknown as RegistryDescriptor))
