import { describe, expect, it } from 'vitest'
import { isImageUrl, parseSnapshotReference } from './image-reference.ts'

describe('parseSnapshotReference', () => {
  it.each([
    ['ubuntu', 'ubuntu', 'latest'],
    ['ubuntu:24.04', 'ubuntu', '24.04'],
    ['vk-team-a-web-0:hibernate', 'vk-team-a-web-0', 'hibernate'],
    ['vk-a--b', 'vk-a--b', 'latest'],
    ['a/b.c/d_e/f__g/h---i:V_1.0-x', 'a/b.c/d_e/f__g/h---i', 'V_1.0-x'],
    ['a:_', 'a', '_'],
    [`a:${'t'.repeat(128)}`, 'a', 't'.repeat(128)],
  ])('reads %j', (image, repo, tag) => {
    expect(parseSnapshotReference(image)).toEqual({ repo, tag })
  })

  it.each([
    '',
    ':tag',
    'repo:',
    'registry:5000/a',
    'registry.example.com:5000/a:b',
    'a@sha256:0123',
    'a:b:c',
    'Ubuntu',
    'https://example.com/a',
    '/a',
    'a/',
    'a//b',
    'a..b',
    'a___b',
    '-a',
    'a-',
    'a b',
    'a:.b',
    'a:-b',
    `a:${'t'.repeat(129)}`,
    'a\n',
    'ä',
  ])('refuses %j', (image) => {
    expect(parseSnapshotReference(image)).toBeNull()
  })

  it('survives a hostile image', () => {
    expect(parseSnapshotReference(`${'a-'.repeat(100_000)}!`)).toBeNull()
    expect(parseSnapshotReference(`${'a/'.repeat(100_000)}!`)).toBeNull()
  })
})

it.each([
  ['http://x', true],
  ['https://x', true],
  ['ubuntu', false],
  ['httpd', false],
  ['ghcr.io/http://x', false],
])('%j is a URL: %j', (image, expected) => {
  expect(isImageUrl(image)).toBe(expected)
})
