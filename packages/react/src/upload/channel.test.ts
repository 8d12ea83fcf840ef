import { describeChannel } from '../testing/describe-channel.ts'
import { createLines } from '../testing/memory-lines.ts'

describeChannel('The memory line', createLines().connect)
