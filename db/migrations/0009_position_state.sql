DROP INDEX `position_entity`;--> statement-breakpoint
DROP INDEX `position_supersedes`;--> statement-breakpoint
CREATE INDEX `position_entity` ON `position` (`entity_id`,`topic_id`,`source_date`,`group_id`,`standing`,`withdraws`,`released_at`,`id`);--> statement-breakpoint
CREATE INDEX `position_supersedes` ON `position` (`supersedes`,`topic_id`,`source_date`);