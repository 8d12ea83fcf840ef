/** Before the tests with React 18: without a word of it, they would pass with the React of today as well. */
import { version } from 'react'
import { version as domVersion } from 'react-dom'

if (!version.startsWith('18.') || !domVersion.startsWith('18.')) {
  throw new Error(`These tests want React 18, and have ${version} with react-dom ${domVersion}.`)
}
