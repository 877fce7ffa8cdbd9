import type { Request, Response } from 'express';
import type { z } from 'zod';

/** A call of the control API: reads the body by its schema, acts, responds with what the action gives back. */
export function action<Schema extends z.ZodTypeAny>(
	schema: Schema,
	act: (input: z.output<Schema>) => unknown,
) {
	return async (request: Request, response: Response): Promise<void> => {
		const input = schema.safeParse(request.body ?? {});
		if (!input.success) {
			response.status(400).json({ error: input.error.message });
			return;
		}
		try {
			response.json((await act(input.data as z.output<Schema>)) ?? {});
		} catch (error) {
			response.status(400).json({ error: error instanceof Error ? error.message : String(error) });
		}
	};
}
