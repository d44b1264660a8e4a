// Steps on write-only and dynamic collections.

import type { Db } from '@relata/session'
import type { DynamicHandle } from '@relata/core'
import type { CollectionStep } from './verbs.js'
import { RelataError } from '@relata/session'

/** What a step does with the handle that such an attribute holds. */
export const collectionStep = (_target: DynamicHandle, _collection: unknown, step: CollectionStep): Db<unknown> => () => () =>
  Promise.reject(new RelataError({ _tag: 'QueryRefused', code: 'not-supported', message: `collection ${step.how}` }))
