// explain: any plan as a tree that a person reads.

import type { FlushPlan } from '../flush/flush-plan.js'
import { explainJoin } from '../join/explain-join.js'
import type { JoinPlan } from '../join/join-plan.js'
import type { LoadPlan } from '../load/load-plan.js'
import { explainFlush } from './explain-flush.js'
import { explainLoad } from './explain-load.js'
import type { ExplainOptions } from './explain-options.js'

/**
 * Prints a plan of a join, a load or a flush. With `sql`, its statements as that function prints them.
 *
 * @example
 * pipe(dryRun, RTE.map((plan) => explain(plan)))
 * explain(plan, { sql: sqlText(postgres, mapping) }) // with @relata/sql
 */
export const explain = (plan: JoinPlan | LoadPlan | FlushPlan, options: ExplainOptions = {}): string => {
  switch (plan._tag) {
    case 'JoinPlan': return explainJoin(plan, options)
    case 'LoadPlan': return explainLoad(plan, options)
    case 'FlushPlan': return explainFlush(plan, options)
    default: {
      const impossible: never = plan
      return impossible
    }
  }
}
