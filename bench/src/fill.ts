// Rows to measure with, made by the database itself: the same statements for the floor and for ours.

const series = (n: number): string => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${n})`

/** Statements that fill the tables: parents, so many children each, and three tags a child. */
export const fill = (parents: number, childrenEach: number, tags: number): readonly string[] => [
  `insert into bench_parents (id, name, rank) ${series(parents)} select i, 'parent ' || i, i % 7 from n`,
  ...(childrenEach === 0 ? [] : [`insert into bench_children (id, name, parent_id) ${series(parents * childrenEach)} select i, 'child ' || i, (i - 1) / ${childrenEach} + 1 from n`]),
  ...(tags === 0 ? [] : [
    `insert into bench_tags (id, name) ${series(tags)} select i, 'tag ' || i from n`,
    ...[0, 1, 2].map((step) => `insert into bench_child_tags (child_id, tag_id) ${series(parents * childrenEach)} select i, (i + ${step}) % ${tags} + 1 from n`),
  ]),
]

export const empty: readonly string[] = ['bench_child_tags', 'bench_tags', 'bench_children', 'bench_parents'].map((table) => `delete from ${table}`)

/** The same for PostgreSQL. */
export const fillPostgres = (parents: number, childrenEach: number, tags: number): readonly string[] => [
  `insert into bench_parents (id, name, rank) select i, 'parent ' || i, i % 7 from generate_series(1, ${parents}) i`,
  ...(childrenEach === 0 ? [] : [`insert into bench_children (id, name, parent_id) select i, 'child ' || i, (i - 1) / ${childrenEach} + 1 from generate_series(1, ${parents * childrenEach}) i`]),
  ...(tags === 0 ? [] : [
    `insert into bench_tags (id, name) select i, 'tag ' || i from generate_series(1, ${tags}) i`,
    ...[0, 1, 2].map((step) => `insert into bench_child_tags (child_id, tag_id) select i, (i + ${step}) % ${tags} + 1 from generate_series(1, ${parents * childrenEach}) i`),
  ]),
]

/** Parents on MySQL and MariaDB, whose recursion ends early. */
export const fillMysql = (parents: number): readonly string[] => [
  `set max_recursive_iterations = ${parents + 1}`,
  `insert into bench_parents (id, name, rank) ${series(parents)} select i, concat('parent ', i), i % 7 from n`,
]

export const emptyPostgres: readonly string[] = ['truncate bench_child_tags, bench_tags, bench_children, bench_parents restart identity']
