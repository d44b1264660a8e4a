// A span for every operation on a database, named and described by the semantic conventions of OpenTelemetry.

import type { Adapter, DriverError } from '@relata/sql/driver'
import { intercept } from '../intercept/intercept.js'
import type { Around, Operation } from '../intercept/intercept.js'

type Attributes = Readonly<Record<string, string | number>>

/** What is used of a span of `@opentelemetry/api`. */
export interface TraceSpan {
  setAttribute(name: string, value: string | number): unknown
  setStatus(status: { readonly code: number; readonly message?: string }): unknown
  end(): void
}

/** What is used of a tracer of `@opentelemetry/api`: that package is needed only by who has one. */
export interface SpanTracer {
  startSpan(name: string, options: { readonly kind: number; readonly attributes: Attributes }): TraceSpan
}

export interface TraceOptions {
  /** False to leave out the texts of statements. They hold no values. */
  readonly text?: boolean
  /** Further attributes of every span, such as `server.address`. */
  readonly attributes?: Attributes
}

// SpanKind.CLIENT and SpanStatusCode.ERROR.
const client = 2
const failed = 2

/**
 * Makes a span for every operation that goes through an adapter, within whatever span is active.
 *
 * @example
 * import { trace } from '@opentelemetry/api'
 * const adapter = traced(trace.getTracer('shop'))(postgres())
 */
export const traced = (tracer: SpanTracer, options: TraceOptions = {}): ((adapter: Adapter) => Adapter) => {
  const around: Around = async (operation, run, results) => {
    const { name, attributes } = description(operation, options)
    const span = tracer.startSpan(name, { kind: client, attributes })
    try {
      const value = await run()
      const rows = results(value).reduce((sum, result) => sum + result.rows.length, 0)
      if (rows > 0) span.setAttribute('db.response.returned_rows', rows)
      return value
    } catch (thrown) {
      tellError(span, operation.driver.classify(thrown))
      throw thrown
    } finally {
      span.end()
    }
  }
  return intercept('traced', around)
}

const systems = { postgres: 'postgresql', mysql: 'mysql', mariadb: 'mariadb', sqlite: 'sqlite' } as const

function description(operation: Operation, options: TraceOptions): { readonly name: string; readonly attributes: Attributes } {
  const [query] = operation.queries
  const system = systems[operation.driver.dialect]
  const verb = query === undefined ? operation.name : query.kind === 'transaction' || query.kind === 'ddl' || query.kind === 'raw' ? firstWord(query.sql) : query.kind.toUpperCase()
  const size = operation.sets?.length ?? operation.queries.length
  const table = query?.table ?? ''
  return {
    name: [size > 1 ? `BATCH ${verb}` : verb, table === '' ? system : table].join(' '),
    attributes: {
      ...options.attributes,
      'db.system.name': system,
      'db.operation.name': size > 1 ? `BATCH ${verb}` : verb,
      ...(table === '' ? {} : { 'db.collection.name': table }),
      ...(size > 1 ? { 'db.operation.batch.size': size } : {}),
      ...(options.text === false || query === undefined ? {} : { 'db.query.text': operation.queries.map(({ sql }) => sql).join('; ') }),
    },
  }
}

function firstWord(sql: string): string {
  return (/[a-z]+/i.exec(sql)?.[0] ?? 'SQL').toUpperCase()
}

function tellError(span: TraceSpan, error: DriverError): void {
  span.setAttribute('error.type', error.code ?? error.kind)
  if (error.code !== undefined) span.setAttribute('db.response.status_code', error.code)
  span.setStatus({ code: failed, message: error.kind })
}
