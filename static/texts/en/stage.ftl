### Words on the stage.
