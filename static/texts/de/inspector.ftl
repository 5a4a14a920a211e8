### Der Inspektor um seine Karten herum.
