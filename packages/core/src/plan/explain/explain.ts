// explain: any plan as a tree that a person reads.

import type { FlushPlan } from '../flush/flush-plan.js'
import { explainJoin } from '../join/explain-join.js'
import type { JoinPlan } from '../join/join-plan.js'
import type { LoadPlan } from '../load/load-plan.js'
import { explainFlush } from './explain-flush.js'
import { explainLoad } from './explain-load.js'
import type { ExplainOptions } from './explain-load.js'

/**
 * Prints a plan of a join, a load or a flush. With `sql`, the statements of a load as that function prints them.
 *
 * @example
 * pipe(dryRun, RTE.map((plan) => explain(plan)))
 */
export const explain = (plan: JoinPlan | LoadPlan | FlushPlan, options: ExplainOptions = {}): string => {
  switch (plan._tag) {
    case 'JoinPlan': return explainJoin(plan)
    case 'LoadPlan': return explainLoad(plan, options)
    case 'FlushPlan': return explainFlush(plan)
    default: {
      const impossible: never = plan
      return impossible
    }
  }
}
