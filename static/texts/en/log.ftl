### Lines of the log, marks on the timeline, announcements.
