import { coreServices } from './environment';
import { BinaryDataConfig, BinaryDataService } from 'n8n-core';

/** n8n-core has one place for files per process, so every use sets it to where the engine keeps its own. */
export async function useBinaryData(mode: 'default' | 'filesystem'): Promise<BinaryDataService> {
	const services = coreServices();
	const config = services.get(BinaryDataConfig);
	const service = services.get(BinaryDataService);
	if (config.mode !== mode) {
		config.mode = mode;
		await service.init();
	}
	return service;
}
