import { describeChannel } from '../test-support/describe-channel.ts'
import { createLines } from '../test-support/memory-lines.ts'

describeChannel('The memory line', createLines().connect)
