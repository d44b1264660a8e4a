// Which relationships hold an object, as far as anybody knows.

import type { FlushObject } from '@relata/core'
import type { InstanceState } from '../state/model.js'
import { none, type Gathering } from './gathering.js'

export const parentsOf = ({ held, letGo }: Gathering, state: InstanceState): Readonly<Record<string, 'held' | 'let go'>> => {
  const { parents } = state
  let said: SaidOfParents = none
  for (let place = 0; place < parents.size; place++) {
    const isLetGo = parents.valueAt(place) === null
    const one = onlyParent(isLetGo ? letGo : held, parents.keyAt(place), isLetGo ? 'let go' : 'held')
    said = said === none ? one : { ...said, ...one }
  }
  return said
}

/** Most members have one parent, along the same relationship as all others: they share what is said of it. */
const onlyParent = (known: Map<string, SaidOfParents>, key: string, is: 'held' | 'let go'): SaidOfParents => {
  let said = known.get(key)
  if (said === undefined) known.set(key, said = { [key]: is })
  return said
}

type SaidOfParents = FlushObject['parents']
