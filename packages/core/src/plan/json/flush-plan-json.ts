// A plan of a flush as JSON: it holds values as the program gave them, which go through the codecs of their columns and from there to
// JSON. Nothing of this is done before somebody asks for the JSON.

import { isLeft } from 'fp-ts/lib/Either.js'
import type { Mapping } from '../../configure/mapping.js'
import type { ColumnType } from '../../schema/column-type.js'
import type { FlushPlan, FlushStep, PlannedSymbol } from '../flush/flush-plan.js'
import { plannedColumns } from '../flush/planned-row.js'
import { fromJson, toJson, type Json } from './json-value.js'

/** A value was found that the type of its column does not take. */
export class UnreadableValue extends Error {}

/** The plan with a `toJSON` that is not seen otherwise, so that `JSON.stringify` writes what `flushPlanOf` reads. */
export const withJson = (mapping: Mapping, plan: FlushPlan): FlushPlan =>
  Object.defineProperty(plan, 'toJSON', { value: () => flushPlanJson(mapping, plan) })

/** Is it a plan as the planner gave it, and not what JSON made of one? */
export const isWithJson = (plan: object): boolean => Object.hasOwn(plan, 'toJSON')

/** The plan that parsed JSON holds; throws `UnreadableValue`. */
export const flushPlanOf = (mapping: Mapping, json: unknown): FlushPlan =>
  withJson(mapping, through(mapping, fromJson(json) as FlushPlan /* its tag and version were looked at */, decoded))

const flushPlanJson = (mapping: Mapping, plan: FlushPlan): Json => toJson(through(mapping, { ...plan }, encoded))

type Conversion = (type: ColumnType<unknown>, value: unknown, of: string) => unknown

const encoded: Conversion = (type, value) => (type.plain ? value : type.codec.encode(value))

const decoded: Conversion = (type, value, of) => {
  const result = type.codec.decode(value)
  if (isLeft(result)) throw new UnreadableValue(`This FlushPlan has a value for ${of} that is no ${type.codec.name}.`)
  return result.right
}

/** The plan with each value converted by the type of its column. */
const through = (mapping: Mapping, plan: FlushPlan, convert: Conversion): FlushPlan => {
  const { entities, keys } = plan.objects
  const converted = (type: ColumnType<unknown> | undefined, value: unknown, of: string): unknown =>
    value === null || value === undefined || type === undefined ? value : convert(type, value, of)
  const attributeValue = (entity: string, attribute: string, value: unknown): unknown =>
    converted(mapping.entities[entity]?.attribute[attribute]?.descriptor.type, value, `${entity}.${attribute}`)
  const nameOf = (object: number): string => entities[object] ?? ''
  const symbol = (of: PlannedSymbol): PlannedSymbol =>
    (of._tag === 'nextVersion' ? { ...of, current: attributeValue(of.entity, mapping.entities[of.entity]?.version?.attribute ?? '', of.current) } : of)
  const step = <S extends FlushStep>(of: S): S => {
    const columns = plannedColumns(of).map(({ column }) => ({ type: mapping.tables[of.table]?.columns[column]?.type, text: `${of.table}.${column}` }))
    const values = of.rows.values.map((value, place) => converted(columns[place % columns.length]?.type, value, columns[place % columns.length]?.text ?? ''))
    const symbols = of.rows.symbols === undefined ? undefined : Object.fromEntries(Object.entries(of.rows.symbols).map(([place, each]) => [place, symbol(each)]))
    return { ...of, rows: { ...of.rows, values, symbols } }
  }
  return {
    ...plan,
    objects: { entities, keys: keys.map((key, object) => key?.map((part, at) => attributeValue(nameOf(object), mapping.entities[nameOf(object)]?.primaryKey[at] ?? '', part)) ?? null) },
    steps: plan.steps.map(step),
    assignments: plan.assignments.map((assignment) => ({ ...assignment, value: attributeValue(nameOf(assignment.object), assignment.attribute, assignment.value) })),
  }
}
