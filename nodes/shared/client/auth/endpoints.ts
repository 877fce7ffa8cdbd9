import { endpointKinds } from '../core/endpoint';
import { authErrorCodes } from './errorCodes';
import type { TokenRequest, TokenResponse } from './types';

const { readByQuery } = endpointKinds(authErrorCodes);

export const authEndpoints = {
	accessToken: readByQuery<TokenRequest, TokenResponse>('/cgi-bin/gettoken', 91039, 'access_token'),
} as const;
