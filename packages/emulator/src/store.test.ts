import { createMemoryStore } from './store.ts'
import { describeImageStore } from './test-support/describe-image-store.ts'

describeImageStore('the memory store', createMemoryStore)
