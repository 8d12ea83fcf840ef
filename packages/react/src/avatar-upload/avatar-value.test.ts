import { describe, expect, it } from 'vitest'
import { changeAvatar, giveAvatar, settleAvatar } from './avatar-value.ts'
import type { AvatarEvent, AvatarValue } from './avatar-value.ts'

const look = new Blob(['a picture'])
const given = giveAvatar('old')
const uploaded: AvatarValue = { value: 'new', look, previous: { value: 'old', look: '/old' } }
const removed: AvatarValue = { value: null, look: null, previous: { value: 'old', look: '/old' } }
const undone: AvatarValue = { value: 'old', look: '/old', previous: null }

describe('changeAvatar', () => {
  it.each<[AvatarValue, AvatarEvent, AvatarValue]>([
    [given, { type: 'uploaded', value: 'new', look, src: '/old' }, uploaded],
    [given, { type: 'removed', src: '/old' }, removed],
    [uploaded, { type: 'undone' }, undone],
    [removed, { type: 'undone' }, undone],
    [uploaded, { type: 'removed', src: '/x' }, { ...removed, previous: { value: 'new', look } }],
  ])('%j and %j make %j', (avatar, event, expected) => {
    expect(changeAvatar(avatar, event)).toEqual(expected)
  })

  it.each<[AvatarValue, AvatarEvent]>([
    [given, { type: 'undone' }],
    [giveAvatar(null), { type: 'removed', src: null }],
  ])('%j stays the same object under %j', (avatar, event) => {
    expect(changeAvatar(avatar, event)).toBe(avatar)
  })
})

describe('settleAvatar', () => {
  it('believes the app where it says something else', () => {
    expect(settleAvatar(uploaded, 'third')).toEqual(giveAvatar('third'))
    expect(settleAvatar(uploaded, null)).toEqual(giveAvatar(null))
  })

  it('goes on with its own where the app agrees or says nothing', () => {
    expect(settleAvatar(uploaded, 'new')).toBe(uploaded)
    expect(settleAvatar(uploaded, undefined)).toBe(uploaded)
  })
})
