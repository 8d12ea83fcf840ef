import type { ImagesBinding as CloudflareBinding } from '@cloudflare/workers-types'
import type { ImagesBinding } from './images-binding.ts'

// What a Worker has in `env` can be handed in as it is.
declare const binding: CloudflareBinding
binding satisfies ImagesBinding
