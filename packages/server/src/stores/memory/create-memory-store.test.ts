import { describeImagesStore } from '../../testing/describe-images-store.ts'
import { createMemoryStore } from './create-memory-store.ts'

describeImagesStore('memory', async (now) => createMemoryStore({ now }))
