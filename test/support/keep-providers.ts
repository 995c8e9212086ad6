import { afterEach } from '@jest/globals'
import { startFakeProvider, type FakeProvider, type FakeProviderOptions } from './fake-provider.ts'

/** For a test file: what it returns starts a provider, and each is closed when its test has ended. */
export function keepProviders(): (options: FakeProviderOptions) => Promise<FakeProvider> {
  const providers: FakeProvider[] = []
  afterEach(async () => {
    await Promise.all(providers.splice(0).map((provider) => provider.close()))
  })
  return async (options) => {
    const provider = await startFakeProvider(options)
    providers.push(provider)
    return provider
  }
}
