import { describe, expect, it } from 'vitest'
import { readDemoFlags } from './flags.ts'

describe('readDemoFlags', () => {
  it('has a default for everything', () => {
    expect(readDemoFlags([])).toEqual({
      host: '127.0.0.1',
      port: 6443,
      kubeconfig: '',
      sets: 12,
      vms: 60,
      nodes: 3,
      seed: 7,
      speed: 1,
      weather: 'low',
    })
  })
  it('reads what it is given', () => {
    const args = [
      '--port',
      '0',
      '--sets',
      '3',
      '--vms',
      '9',
      '--speed',
      '2.5',
      '--weather',
      'off',
      '--kubeconfig',
      'k',
    ]
    expect(readDemoFlags(args)).toMatchObject({
      port: 0,
      sets: 3,
      vms: 9,
      speed: 2.5,
      weather: 'off',
      kubeconfig: 'k',
    })
  })
  const bad: [string[], string][] = [
    [['--port', '70000'], '--port "70000": must be a whole number from 0 to 65535'],
    [['--port', '80a'], '--port "80a": must be a whole number from 0 to 65535'],
    [['--nodes', '0'], '--nodes "0": must be a whole number from 1 to 1000'],
    [['--speed', '0'], '--speed "0": must be a number above 0, up to 1000'],
    [['--weather', 'storm'], '--weather "storm": must be one of off, low, high'],
    [['--sets', '12', '--vms', '5'], '--vms "5": must be at least 12, one for each of the 12 sets'],
    [['--sets', '0', '--vms', '5'], '--vms "5": must be 0 when there are no sets'],
  ]
  it.each(bad)('refuses %j', (args, message) => expect(() => readDemoFlags(args)).toThrow(message))
  it('refuses flags that it does not know', () => expect(() => readDemoFlags(['--rain'])).toThrow('--rain'))

  it('reads an issuer from flags, or from the environment', () => {
    const env = { DEMO_OIDC_ISSUER: 'http://localhost:9000', DEMO_OIDC_CLIENT_ID: 'cocoon' }
    expect(readDemoFlags([], env).oidc).toMatchObject({
      issuer: 'http://localhost:9000',
      clientId: 'cocoon',
      usernameClaim: 'sub',
    })
    const flags = ['--oidc-issuer-url', 'https://id.example', '--oidc-groups-claim', 'groups']
    expect(readDemoFlags(flags, env).oidc).toMatchObject({
      issuer: 'https://id.example',
      groupsClaim: 'groups',
    })
  })
  it.each([
    ['http://id.example', 'cocoon', '--oidc-issuer-url'],
    ['http://localhost.evil.example', 'cocoon', '--oidc-issuer-url'],
    ['', 'cocoon', '--oidc-issuer-url'],
    ['https://id.example', '', '--oidc-client-id'],
  ])('refuses the issuer %j for the client %j', (DEMO_OIDC_ISSUER, DEMO_OIDC_CLIENT_ID, flag) => {
    expect(() => readDemoFlags([], { DEMO_OIDC_ISSUER, DEMO_OIDC_CLIENT_ID })).toThrow(flag)
  })
})
