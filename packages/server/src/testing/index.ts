/** What the ports promise, as tests for Vitest: for stores of your own. */
export { describeImagesModel } from './describe-images-model.ts'
export { describeImagesStore } from './describe-images-store.ts'
export type { OpenImagesStore } from './describe-images-store.ts'
export { describePolicyEngine } from './describe-policy-engine.ts'
export type { DescribePolicyEngineOptions } from './describe-policy-engine.ts'
