// The graph as tables and entities: versions that need versions, with a dependency as an object of its own.

import { backref, column, desc, entities, entity, enumeration, eq, integer, registry, relationship, table, text } from '@relata/core'
import type { Model } from '@relata/core'

const packages = table('packages', {
  id: column(integer, { primaryKey: true }),
  name: column(text, { unique: true }),
})

const licences = table('licences', {
  id: column(integer, { primaryKey: true }),
  name: column(text, { unique: true }),
})

const versions = table('versions', {
  id: column(integer, { primaryKey: true }),
  packageId: column(integer, { name: 'package_id', references: 'packages.id', onDelete: 'cascade' }),
  licenceId: column(integer, { name: 'licence_id', references: 'licences.id', nullable: true }),
  number: column(text),
  /** The folder of a package of the workspace. */
  folder: column(text, { nullable: true }),
  bytes: column(integer, { nullable: true }),
  files: column(integer, { nullable: true }),
})

/** An association with columns of its own: a version that needs a version. */
const dependencies = table('dependencies', {
  dependentId: column(integer, { name: 'dependent_id', primaryKey: true, references: 'versions.id', onDelete: 'cascade' }),
  requiredId: column(integer, { name: 'required_id', primaryKey: true, references: 'versions.id' }),
  kind: column(enumeration('production', 'peer', 'optional', 'development')),
  range: column(text, { nullable: true }),
})

const keywords = table('keywords', { id: column(integer, { primaryKey: true }), word: column(text, { unique: true }) })
const maintainers = table('maintainers', { id: column(integer, { primaryKey: true }), name: column(text, { unique: true }) })

const versionKeywords = table('version_keywords', {
  versionId: column(integer, { name: 'version_id', primaryKey: true, references: 'versions.id' }),
  keywordId: column(integer, { name: 'keyword_id', primaryKey: true, references: 'keywords.id' }),
})
const versionMaintainers = table('version_maintainers', {
  versionId: column(integer, { name: 'version_id', primaryKey: true, references: 'versions.id' }),
  maintainerId: column(integer, { name: 'maintainer_id', primaryKey: true, references: 'maintainers.id' }),
})

const graphEntities = entities({
  Package: entity(packages, {
    versions: relationship('Version', { backPopulates: 'package', cascade: 'all, delete-orphan', orderBy: 'versions.number' }),
  }),
  Version: entity(versions, {
    package: relationship('Package', { backPopulates: 'versions' }),
    licence: relationship('Licence', { backref: backref('versions', { orderBy: desc(versions.c.bytes) }) }),
    keywords: relationship('Keyword', { secondary: versionKeywords, backref: 'versions' }),
    maintainers: relationship('Maintainer', { secondary: versionMaintainers, backref: 'versions' }),
    // Both ends of the association: what it says is written through these …
    requirements: relationship('Dependency', { backPopulates: 'dependent', foreignKeys: ['dependencies.dependentId'], cascade: 'all, delete-orphan' }),
    requiredBy: relationship('Dependency', { backPopulates: 'required', foreignKeys: ['dependencies.requiredId'], cascade: 'all, delete-orphan' }),
    // … and these walk across it, from version to version, in one step.
    requires: relationship('Version', {
      secondary: dependencies,
      primaryjoin: eq(versions.c.id, dependencies.c.dependentId),
      secondaryjoin: eq(dependencies.c.requiredId, versions.c.id),
      viewonly: true,
    }),
    dependents: relationship('Version', {
      secondary: dependencies,
      primaryjoin: eq(versions.c.id, dependencies.c.requiredId),
      secondaryjoin: eq(dependencies.c.dependentId, versions.c.id),
      viewonly: true,
    }),
  }),
  Dependency: entity(dependencies, {
    dependent: relationship('Version', { backPopulates: 'requirements', foreignKeys: ['dependencies.dependentId'] }),
    required: relationship('Version', { backPopulates: 'requiredBy', foreignKeys: ['dependencies.requiredId'] }),
  }),
  Licence: entity(licences),
  Keyword: entity(keywords),
  Maintainer: entity(maintainers),
})

export interface Graph extends Model<typeof graphEntities> {}
export const graph = registry<Graph>(graphEntities)
export const { Package, Version, Dependency, Licence, Keyword, Maintainer } = graph.entities
