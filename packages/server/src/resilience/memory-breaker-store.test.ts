import { describeBreakerModel } from '../testing/describe-breaker-model.ts'
import { describeBreakerStore } from '../testing/describe-breaker-store.ts'
import { createMemoryBreakerStore } from './memory-breaker-store.ts'

describeBreakerStore('memory', async (now) => createMemoryBreakerStore({ now }))
describeBreakerModel('memory', async (now) => createMemoryBreakerStore({ now }), { runs: 500 })
