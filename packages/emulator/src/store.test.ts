import { createMemoryStore } from './store.ts'
import { describeImageStore } from './testing/describe-image-store.ts'

describeImageStore('the memory store', createMemoryStore)
