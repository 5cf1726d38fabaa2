import { describe, expect, it } from 'vitest'
import { readEnvironment } from './environment.ts'

describe('readEnvironment', () => {
  it('has a default for everything', () => {
    expect(readEnvironment({})).toMatchObject({
      HOST: '127.0.0.1',
      PORT: 3000,
      CLUSTER: 'auto',
      DEMO_VMS: 60,
    })
    expect(readEnvironment({}).METRICS_PORT).toBeUndefined()
  })

  it('takes an empty variable as not set', () => {
    expect(readEnvironment({ PORT: '', KUBECONFIG: '' })).toMatchObject({ PORT: 3000 })
    expect(readEnvironment({ KUBECONFIG: '' }).KUBECONFIG).toBeUndefined()
  })

  it.each([
    [{ PORT: '8080' }, { PORT: 8080 }],
    [{ PORT: '0' }, { PORT: 0 }],
    [{ METRICS_PORT: '9090' }, { METRICS_PORT: 9090 }],
    [{ CLUSTER: 'demo' }, { CLUSTER: 'demo' }],
    [{ HOST: '::1' }, { HOST: '::1' }],
    [{ DEMO_SPEED: '0.5' }, { DEMO_SPEED: 0.5 }],
  ])('reads %o', (given, expected) => {
    expect(readEnvironment(given)).toMatchObject(expected)
  })

  it.each([
    [{ PORT: '80a' }, 'PORT="80a" must be a whole number from 0 to 65535'],
    [{ PORT: '65536' }, 'PORT="65536" must be a whole number from 0 to 65535'],
    [{ CLUSTER: 'Demo' }, 'CLUSTER="Demo" must be one of auto, demo, kube'],
    [{ HOST: 'a b' }, 'HOST="a b" must be a host name or an IP address'],
    [{ DEMO_WEATHER: 'storm' }, 'DEMO_WEATHER="storm" must be one of off, low, high'],
    [{ DEMO_SPEED: '0' }, 'DEMO_SPEED="0" must be a number from 0.1 to 1000'],
  ])('refuses %o by name, value and what is allowed', (given, message) => {
    expect(() => readEnvironment(given)).toThrow(message)
  })

  it('names every bad variable at once', () => {
    expect(() => readEnvironment({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT="x".*\nLOG_LEVEL="loud"/s)
  })
})
